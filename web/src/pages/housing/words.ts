import { useI18n } from 'vue-i18n'
import type { Schemas } from '@/api/client'
import { metres } from '@/lib/area'
import { yuan } from '@/lib/money'
import { useWords } from '@/lib/words'
import { usePlaces } from '@/stores/places'

type Said = Schemas['HousingDetails']

/** useHousingWords says areas, papers and what came with an answer as a person reads them. */
export function useHousingWords() {
  const { t, te } = useI18n()
  const { name } = useWords()
  const places = usePlaces()
  const area = (a?: string) => (a === undefined ? t('housing.unknownArea') : t('housing.m2', { n: metres(a) }))
  const paper = (d?: Schemas['DocumentRef']) => (d?.number ? `${d.number}${d.date ? `${t('common.lp')}${d.date}${t('common.rp')}` : ''}` : '')
  /** of names a code by its texts; what has none is shown as it is, for it was typed by somebody. */
  const of = (group: string, code?: string) => (code && te(`housing.${group}.${code}`) ? t(`housing.${group}.${code}`) : (code ?? ''))
  const use = (code: string) => (te(`stock.uses.${code}`) ? t(`stock.uses.${code}`) : code)
  const money = (fen: number) => t('common.amount', { amount: yuan(fen) })
  const place = (key?: string) => (key ? name(places.unit(key) ?? places.region(key)) || key : '')
  const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(' · ')

  const parts: { [K in keyof Said]-?: (v: NonNullable<Said[K]>) => string } = {
    document: paper,
    conditions: (c) => joined(area(c.area), c.position, `${t('housing.answer.highest_storey')} ${c.highest_storey}`, c.independent ? t('housing.answer.independent') : '', c.delivery, c.ownership, place(c.transferee)),
    rooms: (list) => list.map((r) => joined(r.name, r.building, of('answer.useNames', r.use), `${t('housing.answer.storey')} ${r.storey}`, area(r.area))).join('\n'),
    area,
    progress: (p) => joined(t('housing.use.homesBuilt', { n: p.homes }), `${t('housing.use.roomsBuilt')} ${area(p.rooms)}`),
    phase: (n) => t('housing.form.phase', { n }),
    checklist: (list) => `${t('housing.checks.met')} ${list.filter((a) => a.met).length}${t('common.comma')}${t('housing.checks.notMet')} ${list.filter((a) => !a.met).length}`,
    defects: (list) => list.map((d, i) => `${i + 1}. ${d}`).join('\n'),
    photos: (list) => String(list.length),
    measure: (m) => joined(of('settlement.remedies', m.remedy), area(m.area), place(m.region)),
    remedy: (r) => of('settlement.remedies', r),
    price: (p) => joined(`${t('housing.answer.construction')} ${money(p.construction_fen)}`, `${t('housing.answer.land')} ${money(p.land_fen)}`),
    booked_fen: money,
    inventory: (i) => joined(area(i.area), i.archives.map((a) => of('handover.archiveNames', a)).join(t('common.comma')), `${t('housing.handover.lines')} ${i.lines.length}`),
    owner: (o) => o,
    in_use: (list) => list.map((r) => joined(r.name, of('use.stations', r.station), area(r.area), r.uses.map((u) => use(u)).join(t('common.comma')))).join('\n'),
    misuse: (m) => of('use.misuseKinds', m),
    replacement: (r) => joined(place(r.region), t('housing.answer.roomCount', { n: r.rooms?.length ?? 0 }), paper(r.document)), // one of earlier years names no rooms
  }
  /** said is a part of an answer in words, by the name that the answer's needs give it. */
  function said(need: string, v: unknown): string {
    const part = parts[need.replace('housing.', '') as keyof Said] as ((v: unknown) => string) | undefined
    return part && v !== null && v !== undefined ? part(v) : ''
  }
  return { area, paper, of, use, said }
}
