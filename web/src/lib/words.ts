import { useI18n } from 'vue-i18n'
import type { Schemas } from '@/api/client'

type Words = Schemas['Words']
type Named = Schemas['Named']

/** useWords says what the API gives in both languages, in the language of the page. */
export function useWords() {
  const { locale } = useI18n()
  const english = () => locale.value === 'en'
  const say = (w?: { zh: string; en: string } | Words): string => (w ? (english() ? w.en : w.zh) : '')
  const name = (n?: Named): string => (n ? (english() && n.name_en ? n.name_en : n.name) : '')
  const seat = (s: Schemas['SeatView']): string => {
    const who = s.person ? `${name(s.person)} · ` : ''
    return `${who}${name(s.unit)} · ${say(s.words)}`
  }
  return { say, name, seat, english }
}
