/** The larger column, with what the column holds. */
export function grown<Column extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  column: Column,
  larger: Column,
): Column {
  larger.set(column)
  return larger
}
