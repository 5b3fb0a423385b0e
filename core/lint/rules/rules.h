// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lint/rule.h"

/// Each stands in a file of its own, named after its id.
namespace lint::rules {

extern const Rule addInsteadOfCopy;
extern const Rule copyAllBeforeGoModDownload;
extern const Rule duplicateStageName;
extern const Rule entrypointAssignment;
extern const Rule invalidPlatform;
extern const Rule movingTag;
extern const Rule refusedInstruction;
extern const Rule rootUser;
extern const Rule secretInEnvOrArg;
extern const Rule shellFormWithoutShell;
extern const Rule shellOnScratch;
extern const Rule stageCycle;
extern const Rule stateLostWithLayer;
extern const Rule undefinedArgInFrom;
extern const Rule undefinedVariable;
extern const Rule unknownInstruction;
extern const Rule unknownStage;
extern const Rule unusedStage;

}
