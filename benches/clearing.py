"""Clearing against what Python achieves, in one run on the same files.

    python benches/clearing.py WORKDIR [--only NAME,...]

Needs numpy, scipy and numba (benches/peers/clearing_requirements.txt) and cargo. Writes the networks of
benches/peers/gen_networks.py into WORKDIR unless they are there, times the peers (best of three), then ours (best
of five), and prints the table of benches/CLEARING.md. `error` is the largest |r - r_ref| of paid parts: against a
solution refined in extended precision on slow100k, against the peer elsewhere.
"""
import argparse
import os
import subprocess
import sys

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sla

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")
NAMES = "dense1k,sparse100k,slow100k,sparse1m,batch200"
METHODS = {"slow100k": "fixed,numba-gs,krylov", "batch200": "batch-dense,batch-sparse"}


def command(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


def peers(folder, name):
    """Method -> (seconds, residual, peak MiB)."""
    text = command(sys.executable, os.path.join(PEERS, "clearing_peers.py"), folder, "--only", name,
                   "--methods", METHODS.get(name, "fixed,numba-gs"), "--repeat", 3)
    rows = [line.split() for line in text.splitlines() if line.startswith(name)]
    return {row[1]: (float(row[2]), float(row[7]), int(row[10])) for row in rows if len(row) > 10}


def ours(binary, folder, name, *options):
    text = command(binary, os.path.join(folder, name), "repeat", 5, *options)
    return dict(word.split("=") for word in text.split())


def network(folder, name):
    z = np.load(os.path.join(folder, name + ".npz"))
    n = len(z["indptr"]) - 1
    due = z["outside_dues"] + np.bincount(np.repeat(np.arange(n), np.diff(z["indptr"])), weights=z["amount"], minlength=n)
    return z, n, due


def reference(folder, name):
    """Paid parts where all are in default, refined with residuals in extended precision."""
    z, n, due = network(folder, name)
    row = np.repeat(np.arange(n), np.diff(z["indptr"]))
    amounts = sp.csr_matrix((z["amount"], (z["indices"], row)), shape=(n, n))
    matrix = sp.diags(due) - amounts
    order = np.argsort(z["indices"], kind="stable")
    debtor, amount = row[order], z["amount"][order].astype(np.longdouble)
    start = np.concatenate([[0], np.cumsum(np.bincount(z["indices"], minlength=n))])[:-1]
    # dues of 80 bits, exact in cents
    exact = np.bincount(row, weights=np.rint(z["amount"] * 100), minlength=n) + np.rint(z["outside_dues"] * 100)
    exact = exact.astype(np.longdouble) / 100
    paid = np.zeros(n, np.longdouble)
    for _ in range(6):
        left = z["outside_assets"] + np.add.reduceat(amount * paid[debtor], start) - exact * paid
        step, _ = sla.bicgstab(matrix, left.astype(float), rtol=1e-12, atol=0.0, maxiter=2000)
        paid = paid + step
    return paid


def error(folder, name):
    have = np.fromfile(os.path.join(folder, name, "recoveries.f64"))
    if name == "slow100k":
        return float(np.max(np.abs(reference(folder, name) - have)))
    method = "batch-sparse" if name == "batch200" else "fixed"
    paid = np.load(os.path.join(folder, f"{name}.npz.{method}.npy"))
    _, n, due = network(folder, name)
    due = np.where(due > 0, due, np.inf)
    if name == "batch200":
        return float(np.max(np.abs(np.where(np.isinf(due), 0, (paid / due[:, None]).T - have.reshape(-1, n)))))
    return float(np.max(np.where(np.isinf(due), 0, np.abs(paid / due - have))))


def memory(text):
    """On one thread: (MiB of the array, GB/s read) and (MiB of the vector, ns for each random gather)."""
    rows = [line.split() for line in text.splitlines() if " MiB " in line]
    rows = [row for row in rows if row[2] == "1"]
    return [(float(row[0]), float(row[4])) for row in rows], [(float(row[5]), float(row[8])) for row in rows]


def at_size(pairs, mib):
    """The measurement at the smallest size that is not smaller."""
    fitting = [value for size, value in pairs if size >= 0.95 * mib]
    return fitting[0] if fitting else pairs[-1][1] if pairs else float("nan")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("folder")
    ap.add_argument("--only", default=NAMES)
    a = ap.parse_args()
    names = a.only.split(",")
    missing = [name for name in names if not os.path.exists(os.path.join(a.folder, name + ".npz"))]
    if missing:
        command(sys.executable, os.path.join(PEERS, "gen_networks.py"), "--out", a.folder, "--only", ",".join(missing))
    command(sys.executable, os.path.join(PEERS, "raw_networks.py"), a.folder, a.only)
    command("cargo", "build", "--release", "--quiet", "-p", "abilene-clearing", "--example", "clear_file")
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "..", "target"))
    binary = os.path.join(target, "release", "examples", "clear_file")
    streams, gathers = memory(command(sys.executable, os.path.join(PEERS, "bandwidth.py")))
    print("| network | scipy | best peer | ours | with rounds | scipy / ours | best / ours | to the stream | to the gather "
          "| residual (scipy) | error | peak MiB (scipy) |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in names:
        found = peers(a.folder, name)
        base = found["batch-sparse" if name == "batch200" else "fixed"]
        best = min(found, key=lambda method: found[method][0])
        runs = [ours(binary, a.folder, name, "threads", threads) for threads in ((1, 2) if name == "batch200" else (1,))]
        z, n, _ = network(a.folder, name)
        m = len(z["indices"])
        read, gather = at_size(streams, (12 * m + 48 * n) / 2**20), at_size(gathers, n * 8 / 2**20)
        for run in runs:
            seconds = float(run["seconds"])
            label = name + (f", {run['threads']} threads" if "threads" in run else "")
            stream = seconds / ((12 * m + 48 * n) / read / 1e9)
            bound = seconds / (m * gather / 1e9)
            ratios = "– | –" if name == "batch200" else f"{stream:.1f} | {bound:.1f}"
            rounds = f"{float(run['with_rounds']) * 1e3:.3g} ms" if "with_rounds" in run else "–"
            print(f"| {label} | {base[0] * 1e3:.3g} ms | {found[best][0] * 1e3:.3g} ms ({best}) | {seconds * 1e3:.3g} ms | {rounds} "
                  f"| {base[0] / seconds:.1f} | {found[best][0] / seconds:.1f} | {ratios} "
                  f"| {run['residual']} ({base[1]:.1e}) | {error(a.folder, name):.1e} | {run['peak_mib']} ({base[2]}) |", flush=True)


if __name__ == "__main__":
    main()
