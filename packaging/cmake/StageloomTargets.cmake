# SPDX-License-Identifier: Apache-2.0
# One line a target: stageloom_library(core_graph SOURCES ... LINKS core::dockerfile PRIVATE_LINKS ...)

# The first part of the name is the folder: core_graph is core/graph, with the alias core::graph, and its
# headers are included from the part's root as "graph/stagegraph.h". PUBLIC links are the architecture's
# arrows (core/README.md); tst_layers checks the include lines against the same list. PCH names another part whose
# precompiled header fits better (a library of app that knows no widgets).
function(stageloom_library name)
    cmake_parse_arguments(arg "" "PCH" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    string(REGEX REPLACE "^([a-z]+)_" "\\1::" alias ${name})
    add_library(${alias} ALIAS ${name})
    string(REGEX MATCH "^[a-z]+" part ${name})
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}/${part}")
    target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS} stageloom_options)
    if(NOT arg_PCH)
        set(arg_PCH ${part})
    endif()
    stageloom_precompile(${name} ${arg_PCH})
endfunction()

# Headers that nearly every file of a part includes, compiled once a part: the first library of a part owns the
# precompiled header, and the others use it again.
function(stageloom_precompile target part)
    if(part STREQUAL "core")
        set(headers <QtCore/QCoreApplication> <QtCore/QHash> <QtCore/QJsonObject> <QtCore/QObject> <QtCore/QString>
            <QtCore/QStringView> <algorithm> <expected> <functional> <memory> <optional> <vector>)
        set(owner core_base)
    elseif(part STREQUAL "tests")
        # Not QtTest itself: it defines a macro that differs in each test, and GCC then drops the header.
        set(headers <QtCore/QtCore> <algorithm> <expected> <functional> <memory> <optional> <vector>)
        set(owner tests_pch)
    else()
        set(headers <QtWidgets/QtWidgets> <algorithm> <expected> <functional> <memory> <optional> <vector>)
        set(owner ui_theme)
    endif()
    if(target STREQUAL owner)
        target_precompile_headers(${target} PRIVATE ${headers})
    else()
        target_precompile_headers(${target} REUSE_FROM ${owner})
    endif()
endfunction()

# stageloom_test(tst_tree LINKS core::dockerfile [LABELS engine] [CASES function:row...]): tst_tree.cpp, run by ctest with
# the offscreen platform. Tests of one folder share a precompiled header.
function(stageloom_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LINKS;LABELS;ENVIRONMENT;CASES" ${ARGN})
    add_executable(${name} ${name}.cpp ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE Qt6::Test ${arg_LINKS} stageloom_options)
    target_compile_definitions(${name} PRIVATE
        TEST_DATA_DIR="${CMAKE_SOURCE_DIR}/tests/data" SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
    if(TARGET tests_pch)
        target_precompile_headers(${name} REUSE_FROM tests_pch)
    endif()
    set(tests ${name})
    if(arg_CASES)
        set(tests)
        foreach(case ${arg_CASES})
            string(REGEX REPLACE ".*:" "${name}_" test ${case})
            add_test(NAME ${test} COMMAND ${name} ${case})
            list(APPEND tests ${test})
        endforeach()
    else()
        add_test(NAME ${name} COMMAND ${name})
    endif()
    if("core" IN_LIST arg_LABELS)
        add_dependencies(core_tests ${name})
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${tests} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_LOGGING_RULES=;LC_ALL=C.UTF-8;${arg_ENVIRONMENT}")
endfunction()
