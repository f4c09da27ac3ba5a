"""The learned extractor of English and Chinese at run time: onnxruntime, tokenizers and numpy, nothing else."""
