/** packed is a value as it is sent: without what was left empty, in no list an empty line. */
export function packed(v: unknown): unknown {
  if (typeof v === 'string') return v.trim() || undefined
  if (Array.isArray(v)) {
    const list = v.map(packed).filter((x) => x !== undefined)
    return list.length ? list : undefined
  }
  if (v && typeof v === 'object') {
    const entries = Object.entries(v).map(([k, x]) => [k, packed(x)] as const).filter(([, x]) => x !== undefined)
    return entries.length ? Object.fromEntries(entries) : undefined
  }
  return v ?? undefined
}

/** listed are the words of a text that separates them by commas or the Chinese marks for it. */
export function listed(text: string): string[] {
  return text.split(/[、，,;；\n]/).map((x) => x.trim()).filter(Boolean)
}
