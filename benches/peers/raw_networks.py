"""The networks of gen_networks.py as raw arrays, for the examples of crates/clearing.

    python raw_networks.py DIR [NAME,...]

DIR/NAME.npz becomes DIR/NAME/start.u64, creditor.u32, amount.f64, outside_dues.f64, outside_assets.f64, factor.f64.
"""
import os
import sys

import numpy as np

NAMES = "dense1k,sparse100k,slow100k,sparse1m,batch200"


def main():
    folder = sys.argv[1]
    for name in (sys.argv[2] if len(sys.argv) > 2 else NAMES).split(","):
        net = np.load(os.path.join(folder, name + ".npz"))
        out = os.path.join(folder, name)
        os.makedirs(out, exist_ok=True)
        net["indptr"].astype("<u8").tofile(os.path.join(out, "start.u64"))
        net["indices"].astype("<u4").tofile(os.path.join(out, "creditor.u32"))
        for field in ("amount", "outside_dues", "outside_assets", "factor"):
            if field in net.files:
                net[field].astype("<f8").tofile(os.path.join(out, field + ".f64"))


if __name__ == "__main__":
    main()
