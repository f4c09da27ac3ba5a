"""The learned English extractor at run time: onnxruntime, tokenizers and numpy, nothing else."""
