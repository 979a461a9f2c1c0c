"""The subset of peers/outlook_peers.py: numpy, plain Python and ours in one run, with checksums compared.

    cargo build --release -p abilene-outlook --examples
    python benches/outlook.py [--paths 20000] [--target target/release/examples]
"""
import argparse
import json
import os
import subprocess
import sys

ap = argparse.ArgumentParser()
ap.add_argument("--paths", type=int, default=20000)
ap.add_argument("--target", default="target/release/examples")
o = ap.parse_args()
here = os.path.dirname(os.path.abspath(__file__))
run = lambda *a: subprocess.run(list(map(str, a)), check=True, capture_output=True, text=True).stdout
peer = json.loads(run(sys.executable, os.path.join(here, "peers", "outlook_peers.py"), "--paths", o.paths))
print(f"| what | paths/s |\n| --- | --- |\n| plain Python | {peer['python_paths_per_second']:,.0f} |\n| numpy | {peer['numpy_paths_per_second']:,} |")
for lanes, threads in ((1, 1), (4, 1), (8, 1), (16, 1), (8, 2)):
    ours = json.loads(run(os.path.join(o.target, "subset"), o.paths, lanes, threads))
    worst = 0.0
    for key in ("final_cash_mean", "final_cash_sd", "final_arrears_mean", "final_arrears_sd", "total_paid_mean", "total_paid_sd", "paths_with_arrears_at_the_end"):
        a, b = (x if isinstance(x, list) else [x] for x in (peer[key], ours[key]))
        for x, y in zip(a, b):
            worst = max(worst, abs(x - y) / max(1e-6 * abs(x), 1e-9))
    assert worst <= 1.0, f"checksums differ: {worst}"
    print(f"| ours, {lanes} lanes, {threads} threads | {ours['paths_per_second']:,} |")
print("\nChecksums agree within the stated tolerance.\n")
print(run(os.path.join(o.target, "many")))
