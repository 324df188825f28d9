import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { Schemas } from '@/api/client'
import AppraisalActs from '../appraisal/AppraisalActs.vue'
import NominationMatter from '../appraisal/NominationMatter.vue'
import NominationPaper from '../appraisal/NominationPaper.vue'
import YearMatter from '../appraisal/YearMatter.vue'
import YearPaper from '../appraisal/YearPaper.vue'
import AssessmentActs from '../assessment/AssessmentActs.vue'
import AssessmentMatter from '../assessment/AssessmentMatter.vue'
import ChangeSheet from '@/pages/housing/ChangeSheet.vue'
import HousingDetails from '@/pages/housing/HousingDetails.vue'
import HousingRows from '@/pages/housing/HousingRows.vue'
import HousingSheet from '@/pages/housing/HousingSheet.vue'
import LayoutSheet from '@/pages/layout/LayoutSheet.vue'
import SupplementDetails from '@/pages/stock/SupplementDetails.vue'
import SupplementSheet from '@/pages/stock/SupplementSheet.vue'
import AccessPaper from './AccessPaper.vue'
import AccessSheet from './AccessSheet.vue'

interface Matter {
  /** Of its own matter on the case page. */
  sheet?: Component
  /** The same, as rows of the form on paper. */
  rows?: Component
  /** The inputs for what only its own acts need. They get what was filled in as `own`, and emit `change` with all of it. */
  details?: Component
  /** Where its draft is written. */
  draft?: (view: Schemas['CaseView']) => RouteLocationRaw
}

const yearOf = (v: Schemas['CaseView']) => Number((v.matter as { year?: number } | undefined)?.year ?? 0)

/**
 * What each procedure shows of itself on the case page; every part gets the case as `view`.
 * The rest of the page is the same for all: it comes from the definition and the record.
 */
export const matters: Record<string, Matter> = {
  appraisal: { sheet: YearMatter, rows: YearPaper, details: AppraisalActs, draft: (v) => ({ name: 'year', params: { year: yearOf(v) } }) },
  nomination: { sheet: NominationMatter, rows: NominationPaper, details: AppraisalActs, draft: (v) => ({ name: 'nomination', params: { id: v.id } }) },
  assessment: { sheet: AssessmentMatter, details: AssessmentActs, draft: (v) => ({ name: 'assessment', params: { year: yearOf(v) } }) },
  access: { sheet: AccessSheet, rows: AccessPaper, draft: (v) => `/requests/${v.id}` },
  housing: { sheet: HousingSheet, rows: HousingRows, details: HousingDetails, draft: (v) => ({ name: 'project-form', params: { id: v.id } }) },
  plan_change: { sheet: ChangeSheet, details: HousingDetails, draft: (v) => ({ name: 'plan-change', params: { id: v.id } }) },
  layout: { sheet: LayoutSheet, draft: (v) => ({ name: 'layout', params: { id: v.id } }) },
  supplement: { sheet: SupplementSheet, details: SupplementDetails, draft: (v) => ({ name: 'supplement', params: { id: v.id } }) },
}
