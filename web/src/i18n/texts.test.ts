import { expect, it } from 'vitest'
import { messages } from '.'

type Tree = { [key: string]: string | Tree }
const leaves = (t: Tree, at = ''): [string, string][] => Object.entries(t).flatMap(([k, v]) => (typeof v === 'string' ? [[`${at}${k}`, v] as [string, string]] : leaves(v, `${at}${k}.`)))
const zh = new Map(leaves(messages['zh-CN'] as unknown as Tree))
const en = new Map(leaves(messages.en as unknown as Tree))

it('both languages say the same things', () => {
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
})
it('both fill in the same words', () => {
  const slots = (s: string) => [...new Set(s.match(/\{\w+\}/g) ?? [])].sort().join()
  for (const [k, v] of zh) expect(slots(en.get(k)!), k).toBe(slots(v))
})
it('English has no Chinese in it, but for the name of the other language', () => {
  for (const [k, v] of en) if (!k.startsWith('frame.language')) expect(v, k).not.toMatch(/[\u4e00-\u9fff]/)
})
it('nothing is left empty', () => {
  for (const [k, v] of [...zh, ...en]) if (k !== 'admin.parameters.units.count') expect(v.trim(), k).not.toBe('')
})
