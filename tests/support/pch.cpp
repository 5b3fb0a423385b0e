// SPDX-License-Identifier: Apache-2.0
// Owns the precompiled header that all tests share.
int main()
{
    return 0;
}
