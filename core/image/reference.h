// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace image {

/// Why `reference` is no name that an image can be tagged with ("registry:5000/team/app:1.0"), in a sentence
/// that names the mend; empty when it is one. The grammar is that of github.com/distribution/reference
/// (reference.go, regexp.go): lower-case path components, a tag of at most 128 characters, a digest is
/// refused because nobody can tag by digest.
QString whyNoReference(const QString &reference);

}
