#ifndef SLUICE_LOOK_H
#define SLUICE_LOOK_H

#include <stddef.h>
#include <stdint.h>

/// Bytes that one flag speaks for.
#define SLUICE_LOOK_CELL 64

/// Something in the cell may be letters that are spread, replaced, drawn out or parted by signs.
#define SLUICE_LOOK_JOIN 1
/// Something in the cell may be encoded text.
#define SLUICE_LOOK_HIDDEN 2
/// The cell has a byte above 0x7F.
#define SLUICE_LOOK_WIDE 4
/// The cell has a control character other than white space.
#define SLUICE_LOOK_CONTROL 8
/// A line ends after a letter, or after a sign that follows one.
#define SLUICE_LOOK_LINE 16

/// Looks at every byte of a block once and tells, by cell, where there may be something to undo. It
/// says too much rather than too little: a disguise is flagged in one of the cells that it lies in.
///
/// `flags` has room for `length / SLUICE_LOOK_CELL + 1` cells. Returns the union of all flags.
uint8_t sluice_look(const uint8_t *bytes, size_t length, uint8_t *flags);

#endif
