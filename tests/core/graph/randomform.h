// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dockerfile/forms/form.h"

#include <QRandomGenerator>

/// Changes some of what the form says, to what a person may type: good values and bad ones.
void disturbForm(QRandomGenerator &random, dockerfile::Form &form);
