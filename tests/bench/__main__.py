"""The bench: fills a database of its own, measures, prints one table. Nothing here fails for being slow."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BULK, RUNS = 100_000, 1_000_000


def main() -> int:
    """Fill and measure; 0 whatever the figures are, for they depend on the machine."""
    asked = _asked()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from shenava.operations import postgres

    home = ROOT / "var" / "bench"
    os.environ.setdefault("DATABASE_URL", postgres.ensure_running(home))
    try:
        return _measure(asked, home)
    finally:
        postgres.release(home)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure the product beside raw SQL.")
    parser.add_argument("--complaints", type=int, default=BULK, help="how many the bench fills in (100000)")
    parser.add_argument("--million", action="store_true", help="one million")
    parser.add_argument("--runs", type=int, default=RUNS, help="how many runs of processes are filled in (1000000)")
    parser.add_argument("--keep", action="store_true", help="measure again on what an earlier run filled in")
    parser.add_argument(
        "--only",
        default="",
        help="parts, with commas: folders lists overview page search journal process timers running",
    )
    return parser.parse_args()


def _measure(asked: argparse.Namespace, home: Path) -> int:
    from tests.journeys.product import new_product, product_on

    total = 1_000_000 if asked.million else asked.complaints
    name = f"shenava_bench_{total}"
    make = product_on if asked.keep else new_product
    product = make(home / name, name)
    os.environ["DATABASE_URL"] = product.database
    if not asked.keep:
        assert product.run("migrate").returncode == 0
    import django

    django.setup()
    from tests.bench import table

    only = set(filter(None, asked.only.split(",")))
    return table.run(product, total=total, is_filled=asked.keep, only=only, runs=asked.runs)


if __name__ == "__main__":
    sys.exit(main())
