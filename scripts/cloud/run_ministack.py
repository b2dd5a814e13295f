"""Runs MiniStack with CloudWatch's own rule for fine-grained metrics, and not longer than whoever started it.

CloudWatch keeps points of under a minute for three hours and rolls them up to one a minute after that. MiniStack keeps
every point for two weeks and walks through all of them at each call to CloudWatch, so that a fleet reporting every five
seconds makes each call slower and the process larger without end. Here the roll-up comes after 75 minutes already,
because a read walks through all that is kept of its series. Nothing else is changed, and where a new version no longer
has the parts that are replaced here, it runs as it is.
"""

import logging
import os
import pathlib
import signal
import threading
import time
from collections import defaultdict

from ministack import app
from ministack.services import cloudwatch

FINE_GRAINED_SECONDS = 75 * 60
MINUTE = 60
ROLL_UP_EVERY_SECONDS = 60


def rolled_up(points, cutoff):
    """The points with all but one of each minute before the cutoff folded into a statistic set."""
    old_minutes = defaultdict(list)
    kept = []
    # One dictionary for all points of a series: each arrives with a copy of its own, which is most of its size.
    dimensions = points[0]["Dimensions"]
    for point in points:
        point["Dimensions"] = dimensions
        if point["Timestamp"] < cutoff:
            old_minutes[int(point["Timestamp"] // MINUTE)].append(point)
        else:
            kept.append(point)
    return [fold(minute, group) for minute, group in sorted(old_minutes.items())] + kept


def fold(minute, group):
    if len(group) == 1:
        return group[0]
    statistics = cloudwatch._calc_stats(group)
    return {
        "Timestamp": float(minute * MINUTE),
        "Unit": group[0]["Unit"],
        "Dimensions": group[0]["Dimensions"],
        "Value": statistics.get("Average", 0.0),
        "_stat": statistics,
    }


def make_eviction():
    last = 0.0

    def evict():
        nonlocal last
        now = time.time()
        if now - last < ROLL_UP_EVERY_SECONDS:
            return
        last = now
        forget_before = now - cloudwatch.TWO_WEEKS_SECONDS
        for key, points in list(cloudwatch._metrics._data.items()):
            recent = [point for point in points if point["Timestamp"] >= forget_before]
            if recent:
                cloudwatch._metrics._data[key] = rolled_up(recent, now - FINE_GRAINED_SECONDS)
            else:
                del cloudwatch._metrics._data[key]

    return evict


def end_with(owner_pid):
    """A test that is killed cannot stop its cloud; this notices, asks the server to end, and then insists."""
    while True:
        time.sleep(1)
        try:
            os.kill(owner_pid, 0)
        except ProcessLookupError:
            break
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(1)


NEEDED = ("_evict_old_metrics", "_calc_stats", "_metrics", "TWO_WEEKS_SECONDS")

if all(hasattr(cloudwatch, name) for name in NEEDED) and hasattr(cloudwatch._metrics, "_data"):
    cloudwatch._evict_old_metrics = make_eviction()
else:
    logging.getLogger("kintsugi").warning("this MiniStack keeps its metrics otherwise: no roll-up")

if __name__ == "__main__":
    owner = os.environ.pop("KINTSUGI_OWNER_PID", None)
    in_use = os.environ.pop("KINTSUGI_STATE_IN_USE", None)
    if owner is not None:
        threading.Thread(target=end_with, args=(int(owner),), daemon=True).start()
    app.main()
    # Whoever asked it to end: what it keeps is written by now, and whole.
    if in_use is not None:
        pathlib.Path(in_use).unlink(missing_ok=True)
