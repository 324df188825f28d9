import { useI18n } from 'vue-i18n'
import type { Schemas } from '@/api/client'
import { plainPoints } from '@/lib/points'

/** useMethod says how an observation becomes points. */
export function useMethod() {
  const { t } = useI18n()
  return (m: Schemas['ScoringMethod']): string => {
    switch (m.kind) {
      case 'deduct': return t('appraisal.method.deduct', { n: plainPoints(m.each ?? 0) })
      case 'count': return t('appraisal.method.count', { n: plainPoints(m.each ?? 0) })
      case 'ratio': return t('appraisal.method.ratio', { n: m.target || 100 })
      case 'survey': return t('appraisal.method.survey', { n: m.least ?? 0 })
      default: return `${t('appraisal.method.tier')}${t('common.colon')}${(m.tiers ?? []).map((x) => `${x.name} ${x.percent}%`).join(t('common.comma'))}`
    }
  }
}
