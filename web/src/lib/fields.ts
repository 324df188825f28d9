import { useI18n } from 'vue-i18n'
import { yuan } from './money'
import { useWords } from './words'
import { usePlaces } from '@/stores/places'

const groups: Record<string, string> = { purpose: 'purpose', duration: 'duration', part_played: 'part', category: 'category', route: 'route', kind: 'kind', driver: 'driver', level: 'level' }

/** useFieldWords names the fields of the form and says their values as a person reads them. */
export function useFieldWords() {
  const { t, te } = useI18n()
  const { name } = useWords()
  const places = usePlaces()

  /** label names a field by its path: funding.rate_fen, basis[0].title, basis.0.title. */
  function label(path: string): string {
    const parts = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.').filter(Boolean)
    return parts.map((p) => (/^\d+$/.test(p) ? String(Number(p) + 1) : te(`form.f.${p}`) ? t(`form.f.${p}`) : p)).join(' · ')
  }

  function value(path: string, v: unknown): string {
    const field = path.replaceAll(/\[\d+\]/g, '').split('.').filter((p) => !/^\d+$/.test(p)).at(-1) ?? ''
    if (v === undefined || v === null || v === '') return '—'
    if (typeof v === 'boolean') return t(v ? 'common.yes' : 'common.no')
    if (typeof v === 'number') return field.endsWith('_fen') ? t('common.amount', { amount: yuan(v) }) : String(v)
    if (typeof v === 'string') return text(field, v)
    if (Array.isArray(v)) return v.length ? v.map((x) => value(field, x)).join(field === 'communities' ? t('common.comma') : '\n') : '—'
    return Object.entries(v).filter(([, x]) => x !== '' && x !== 0 && x !== undefined && x !== null).map(([k, x]) => `${label(k)}${t('common.colon')}${value(k, x)}`).join(t('common.semi'))
  }

  function text(field: string, v: string): string {
    const group = groups[field]
    if (group && te(`form.${group}.${v}`)) return t(`form.${group}.${v}`)
    if (field === 'communities') return name(places.region(v)) || v
    return v
  }
  return { label, value }
}
