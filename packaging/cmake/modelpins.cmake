# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Writes OUTPUT, the C++ file with id, SHA-256 and size of every pack in models/*/model.json: the only
# model files that this build will run. Configuring happens again when one of them changes.
function(heirloom_model_pins output)
    file(GLOB packs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/*/model.json)
    set(pins "")
    foreach(pack IN LISTS packs)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${pack})
        file(READ ${pack} json)
        string(JSON id GET "${json}" id)
        string(JSON sha256 GET "${json}" sha256)
        string(JSON size GET "${json}" size)
        if(NOT id MATCHES "^[a-z0-9-]+$" OR NOT sha256 MATCHES "^[0-9a-f]+$" OR NOT size MATCHES "^[0-9]+$")
            message(FATAL_ERROR "${pack}: id, sha256 or size is not what models/README.md says")
        endif()
        string(APPEND pins "        {QStringLiteral(\"${id}\"),\n         \"${sha256}\", ${size}},\n")
    endforeach()
    set(text "// Made by packaging/cmake/modelpins.cmake from models/*/model.json.
#include \"inference/modelpins.h\"

namespace heirloom
{

std::vector<ModelPin> compiledModelPins()
{
    return {
${pins}    };
}

} // namespace heirloom
")
    file(CONFIGURE OUTPUT ${output} CONTENT "${text}" @ONLY)
endfunction()
