/** How many bytes the text has in UTF-8, as Redis counts; half of a pair counts as the U+FFFD that is sent for it. O(n). */
export function byteLength(text: string): number {
  return isAscii(text) ? text.length : new TextEncoder().encode(text).length
}

/** Whether every character is one byte. O(n). */
export function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text)
}
