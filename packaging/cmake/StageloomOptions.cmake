# SPDX-License-Identifier: Apache-2.0
# What every target shares: the language, the warnings, the sanitizers, the compiler cache.

option(BUILD_TESTING "Build the tests" ON)
option(STAGELOOM_WERROR "Treat warnings as errors" OFF)
option(STAGELOOM_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF) # there are none, and looking for them costs a pass over every file
set(CMAKE_AUTOMOC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG") # -O3 takes longer to compile and is not faster here
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Precompiled headers are cached only if ccache may overlook their time stamps and macros.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        ${CCACHE_PROGRAM})
endif()

add_library(stageloom_options INTERFACE)
target_compile_definitions(stageloom_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_USE_QSTRINGBUILDER QT_NO_KEYWORDS QT_NO_FOREACH
    STAGELOOM_VERSION="${PROJECT_VERSION}")
target_compile_options(stageloom_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
    # A designated initializer that names some members is the point of having them.
    -Wno-missing-field-initializers)
if(CCACHE_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(stageloom_options INTERFACE -fpch-preprocess)
endif()
if(STAGELOOM_WERROR)
    # GCC 14 sees uninitialized optionals where there are none; and what tests run checks its assertions.
    target_compile_options(stageloom_options INTERFACE -Werror -Wno-maybe-uninitialized)
    target_compile_definitions(stageloom_options INTERFACE QT_FORCE_ASSERTS)
endif()
if(STAGELOOM_SANITIZE)
    set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1") # line numbers for the reports; the rest only takes time
    target_compile_definitions(stageloom_options INTERFACE QT_FORCE_ASSERTS)
    target_compile_options(stageloom_options INTERFACE
        -Wno-maybe-uninitialized -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(stageloom_options INTERFACE -fsanitize=address,undefined)
endif()
