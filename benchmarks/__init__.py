"""How fast, measured: each benchmark starts its own database, `python -m benchmarks NAME` prints one line of JSON."""
