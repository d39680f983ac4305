"""
numpy for the rooms that work on arrays, loaded when the first array is made.

A plain query that the kernel answers makes none, and numpy takes longer to load
than such a query takes. A module says `from searchlib.arrays import np`,
and the types of arrays in annotations are those named here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchlib.lazy import lazy_module

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    U8 = NDArray[np.uint8]
    U16 = NDArray[np.uint16]
    U32 = NDArray[np.uint32]
    U64 = NDArray[np.uint64]
    I32 = NDArray[np.int32]
    I64 = NDArray[np.int64]
    F64 = NDArray[np.float64]
    AnyArray = NDArray[Any]
    IntArray = NDArray[np.integer[Any]]
else:
    Bools = U8 = U16 = U32 = U64 = I32 = I64 = F64 = AnyArray = IntArray = Any

    np = lazy_module("numpy", keeps=True)

__all__ = ["F64", "I32", "I64", "U8", "U16", "U32", "U64", "AnyArray", "Bools", "IntArray", "np"]
