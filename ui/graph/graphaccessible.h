// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ui {

/// Makes the cards of every GraphView known to screen readers, as a list whose items say what the cards show.
/// Calling it again does nothing.
void installGraphAccessibility();

}
