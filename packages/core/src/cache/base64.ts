/** Bytes as text that every tier can hold. O(n). */
export function base64(bytes: Uint8Array): string {
  let text = ''
  // As many arguments as every engine takes.
  for (let at = 0; at < bytes.length; at += 4_096)
    text += String.fromCharCode(...bytes.subarray(at, at + 4_096))
  return btoa(text)
}

/** The bytes of the text. O(n). */
export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
