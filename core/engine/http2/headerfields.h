// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/buildkit/servercall.h"

#include <nghttp2/nghttp2.h>

namespace engine {

/// As nghttp2 takes them; they point into `headers`.
inline std::vector<nghttp2_nv> asNv(const Metadata &headers)
{
    std::vector<nghttp2_nv> nv;
    nv.reserve(headers.size());
    const auto bytes = [](const QByteArray &text) {
        return reinterpret_cast<uint8_t *>(const_cast<char *>(text.constData())); // nghttp2 copies
    };
    for (const auto &[key, value] : headers)
        nv.push_back(
            {bytes(key), bytes(value), size_t(key.size()), size_t(value.size()), NGHTTP2_NV_FLAG_NONE});
    return nv;
}

}
