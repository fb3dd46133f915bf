"""What of PyTorch goes into the bundle: what Mien imports, and what PyTorch looks up by name.

PyInstaller's own hook takes every submodule, header and test program. This one lets the imports
decide; the modules below are imported by name only, so the analysis cannot see them. Where the
CUDA build is installed, NVIDIA's libraries come along: they are packages of their own.
"""

import sys
from importlib.metadata import distributions
from pathlib import PurePosixPath

from PyInstaller.utils.hooks import collect_data_files, collect_dynamic_libs, collect_submodules

# TorchScript reads the sources of the functions it compiles, and settings modules read their own.
# torch.compile and what only it needs are not used: those sources stay out.
module_collection_mode = {
    "torch": "pyz+py",
    "torch._dynamo": "pyz",
    "torch._dynamo.config": "pyz+py",
    "torch._dynamo.eval_frame": "pyz+py",
    "torch._dynamo._trace_wrapped_higher_order_op": "pyz+py",
    "torch._dynamo.variables.streams": "pyz+py",
    "torch._inductor": "pyz",
    "torch._inductor.config": "pyz+py",
    "torch.ao": "pyz",
    "torch.testing": "pyz",
}
warn_on_missing_hiddenimports = False

hiddenimports = [
    *collect_submodules("torch._dynamo.polyfills"),
    *collect_submodules("torch._native"),
    "torch.onnx._internal.torchscript_exporter",
    *[f"torch.onnx._internal.torchscript_exporter.symbolic_opset{n}" for n in range(7, 21)],
]
datas = collect_data_files(
    "torch",
    includes=["**/*.json", "**/*.yaml", "_native/**/*"],
    excludes=["test/**", "include/**", "share/**", "testing/**"],
)
binaries = collect_dynamic_libs("torch", search_patterns=["*.dll", "*.dylib", "*.so", "*.so.*"])
binaries = [
    (source, target)
    for source, target in binaries
    if not any(part in target.split("/") for part in ("test", "include"))
]
if sys.platform.startswith("linux"):
    # Links beside the program confuse torch about where its libraries lie.
    bindepend_symlink_suppression = ["**/torch/lib/*.so*", "**/nvidia/**/*.so*"]
    binaries += collect_dynamic_libs("torch", search_patterns=["torch_shm_manager"])
    for package in distributions():
        if not (package.metadata["Name"] or "").startswith("nvidia-"):
            continue
        for file in package.files or []:
            if ".so" in PurePosixPath(file).suffixes:
                place = PurePosixPath(file).parent
                binaries.append((str(package.locate_file(file)), str(place)))
