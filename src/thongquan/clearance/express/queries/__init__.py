"""What others and the pages may know of parcels, as typed frozen values within the actor's scope."""

from thongquan.clearance.express.queries.batches import (
    BatchFile,
    Carried,
    batch_file,
    batches_in_scope,
    carriers_in_scope,
    own_carriers,
)
from thongquan.clearance.express.queries.parcels import (
    Found,
    ParcelFile,
    found_parcels,
    held_parcels,
    parcel_file,
    results_of,
)
from thongquan.clearance.express.queries.queue import Waiting, lanes_now, waiting_now

__all__ = [
    "BatchFile",
    "Carried",
    "Found",
    "ParcelFile",
    "Waiting",
    "batch_file",
    "batches_in_scope",
    "carriers_in_scope",
    "found_parcels",
    "held_parcels",
    "lanes_now",
    "own_carriers",
    "parcel_file",
    "results_of",
    "waiting_now",
]
