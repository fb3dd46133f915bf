"""What of PyTorch goes into the bundle: what Mien imports, and what PyTorch looks up by name.

PyInstaller's own hook takes every submodule, header and test program. This one lets the imports
decide; the modules below are imported by name only, so the analysis cannot see them.
"""

import sys

from PyInstaller.utils.hooks import collect_data_files, collect_dynamic_libs, collect_submodules

# TorchScript and torch._dynamo read the sources of the modules they work on.
module_collection_mode = "pyz+py"
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
    bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
    binaries += collect_dynamic_libs("torch", search_patterns=["torch_shm_manager"])
