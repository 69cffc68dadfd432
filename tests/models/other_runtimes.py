# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs in the virtual environment of runtimes_env.py: the original files in the runtimes they were made for.

    python other_runtimes.py ncnn PARAM BIN IN.npy OUT.npy
    python other_runtimes.py onnx MODEL IN.npy OUT.npy
"""

import sys

import numpy


def run_ncnn(param, weights, picture):
    import ncnn

    net = ncnn.Net()
    # Plain float32 arithmetic: no half floats, no packing, no faster but rounder convolutions.
    for option in ("use_fp16_packed", "use_fp16_storage", "use_fp16_arithmetic",
                   "use_bf16_storage", "use_winograd_convolution", "use_sgemm_convolution",
                   "use_vulkan_compute"):
        setattr(net.opt, option, False)
    if net.load_param(param) or net.load_model(weights):
        raise SystemExit("ncnn cannot load the network")
    planes = numpy.ascontiguousarray(picture[0])
    mat = ncnn.Mat(planes).clone()  # a Mat does not keep its array alive
    with net.create_extractor() as extractor:
        extractor.input("data", mat)
        status, out = extractor.extract("output")
        if status:
            raise SystemExit("ncnn cannot run the network")
        return numpy.array(out)[None]


def run_onnx(model, picture):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return session.run([session.get_outputs()[0].name], {name: picture})[0]


if __name__ == "__main__":
    runtime, *files, source, target = sys.argv[1:]
    result = {"ncnn": run_ncnn, "onnx": run_onnx}[runtime](*files, numpy.load(source))
    numpy.save(target, result)
