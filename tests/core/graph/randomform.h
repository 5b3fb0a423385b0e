// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/form.h"

#include "core/graph/dice.h"

/// Changes some of what the form says, to what a person may type: good values and bad ones.
void disturbForm(const Dice &dice, dockerfile::Form &form);
