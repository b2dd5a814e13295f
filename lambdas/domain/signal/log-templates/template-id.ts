/** 64 bits of FNV-1a, as two halves of 32, in hexadecimal: the same text has the same id on every machine and day. */
export function templateId(text: string): string {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code ^ (low >>> 13), 0x85ebca6b);
  }
  const hex = (half: number): string => (half >>> 0).toString(16).padStart(8, '0');
  return hex(high ^ (high >>> 16)) + hex(low ^ (low >>> 15));
}
