# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What every target of the project shares: dependencies, flags, and the three functions that make
# an engine room, a test and a bench.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(HEIRLOOM_CCACHE ccache)
if(HEIRLOOM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${HEIRLOOM_CCACHE})
endif()

find_package(Threads REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg Sql Test LinguistTools)
find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc objdetect photo)
# Debian: opencv-data. Without it no faces are found, and the program says so.
find_file(HEIRLOOM_FACE_CASCADE haarcascade_frontalface_alt.xml
    PATH_SUFFIXES opencv4/haarcascades share/opencv4/haarcascades)
find_package(JPEG REQUIRED)
find_package(PNG REQUIRED)
find_package(TIFF REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(EXIV2 REQUIRED IMPORTED_TARGET exiv2>=0.27)
pkg_check_modules(LCMS2 REQUIRED IMPORTED_TARGET lcms2)
pkg_check_modules(WEBP REQUIRED IMPORTED_TARGET libwebp libwebpmux libwebpdemux)
pkg_check_modules(HEIF REQUIRED IMPORTED_TARGET libheif)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
find_package(ZLIB REQUIRED)

# One place for warnings and flags; only our own sources link it.
add_library(heirloom_common INTERFACE)
target_compile_definitions(heirloom_common INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_DISABLE_DEPRECATED_BEFORE=0x060400
    HEIRLOOM_VERSION="${PROJECT_VERSION}")
target_include_directories(heirloom_common INTERFACE ${CMAKE_SOURCE_DIR}/engine)
target_link_libraries(heirloom_common INTERFACE Qt6::Core tl::expected Threads::Threads)
if(MSVC)
    target_compile_options(heirloom_common INTERFACE /W4 /utf-8 /permissive-)
else()
    target_compile_options(heirloom_common INTERFACE -Wall -Wextra -Wpedantic -Wshadow
        -Wnon-virtual-dtor -Woverloaded-virtual)
    if(HEIRLOOM_WERROR)
        target_compile_options(heirloom_common INTERFACE -Werror)
    endif()
    if(HEIRLOOM_ASAN)
        target_compile_options(heirloom_common INTERFACE -fsanitize=address,undefined
            -fno-omit-frame-pointer)
        target_link_options(heirloom_common INTERFACE -fsanitize=address,undefined)
    elseif(HEIRLOOM_TSAN)
        target_compile_options(heirloom_common INTERFACE -fsanitize=thread)
        target_link_options(heirloom_common INTERFACE -fsanitize=thread)
    endif()
endif()

# heirloom_room(NAME SOURCES file... [ROOMS other...] [PUBLIC lib...] [PRIVATE lib...])
# makes the static library heirloom_NAME. ROOMS are the doors of design: a room that is not named
# here cannot be linked, and the layering test checks the includes.
function(heirloom_room name)
    cmake_parse_arguments(arg "" "" "SOURCES;ROOMS;PUBLIC;PRIVATE" ${ARGN})
    set(target heirloom_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    list(TRANSFORM arg_ROOMS PREPEND heirloom_)
    target_link_libraries(${target} PUBLIC heirloom_common Qt6::Gui ${arg_ROOMS} ${arg_PUBLIC}
        PRIVATE ${arg_PRIVATE})
    if(name STREQUAL "core")
        target_precompile_headers(${target} PRIVATE
            <QByteArray> <QCoreApplication> <QFile> <QHash> <QImage> <QJsonObject> <QObject>
            <QRect> <QSize> <QString> <QStringList> <QTransform> <QVariant>
            <algorithm> <array> <cmath> <cstdint> <functional> <map> <memory> <mutex> <optional>
            <stop_token> <string> <thread> <utility> <variant> <vector> <tl/expected.hpp>)
    else()
        target_precompile_headers(${target} REUSE_FROM heirloom_core)
    endif()
endfunction()

# heirloom_test(tst_name SOURCES file... LIBS lib... [LABELS label...] [TIMEOUT s] [ENV VAR=value...])
# registers one test executable. Tests run without a display, with passive OpenMP waiting (active
# waiting makes inference 10 to 100 times slower beside any other busy process).
function(heirloom_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBS;LABELS;ENV" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE heirloom_common Qt6::Gui Qt6::Test ${arg_LIBS})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_compile_definitions(${name} PRIVATE
        HEIRLOOM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" HEIRLOOM_BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_precompile_headers(${name} REUSE_FROM heirloom_testpch)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;OMP_WAIT_POLICY=passive;LC_ALL=C.UTF-8;${arg_ENV}")
    if(arg_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
    endif()
endfunction()
