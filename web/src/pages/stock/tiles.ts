/** Where the districts of the city lie to each other, as columns and rows of tiles; those without a place follow below. */
const places: Record<string, [column: number, row: number]> = {
  'cz-xinbei': [1, 0], 'cz-zhonglou': [1, 1], 'cz-tianning': [2, 1], 'cz-jingkai': [3, 1], 'cz-jintan': [0, 2], 'cz-wujin': [2, 2], 'cz-liyang': [0, 3],
}
export interface Tile { key: string; column: number; row: number }

/** tilesOf places regions on the map. A city whose places are not known here is drawn in rows of three. */
export function tilesOf(keys: string[]): Tile[] {
  const known = keys.filter((k) => places[k])
  const below = known.length ? Math.max(...known.map((k) => places[k]![1])) + 1 : 0
  const others = keys.filter((k) => !places[k])
  return keys.map((key) => {
    const place = places[key]
    if (place) return { key, column: place[0], row: place[1] }
    const i = others.indexOf(key)
    return { key, column: i % 3, row: below + Math.floor(i / 3) }
  })
}

/** shadeOf is how dark a tile is, from 0 to 4: the fifth of what is owed that is missing. */
export function shadeOf(missing: number, owed: number): number {
  if (owed <= 0 || missing <= 0) return 0
  return Math.min(4, Math.ceil((missing / owed) * 4))
}

const across = 18 // letters of a name that a tile takes beside each other

/** linesOf breaks a name between its words, in two lines at most. */
export function linesOf(name: string): string[] {
  const words = name.split(' ')
  let first = words.shift() ?? ''
  while (words.length && `${first} ${words[0]}`.length <= across) first += ` ${words.shift()}`
  const rest = words.join(' ')
  return rest ? [first, rest.length <= across ? rest : `${rest.slice(0, across - 1)}…`] : [first]
}
