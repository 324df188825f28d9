import type { Component } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { Schemas } from '@/api/client'
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

/**
 * What each procedure shows of itself on the case page; every part gets the case as `view`.
 * The rest of the page is the same for all: it comes from the definition and the record.
 */
export const matters: Record<string, Matter> = {
  access: { sheet: AccessSheet, rows: AccessPaper, draft: (v) => `/requests/${v.id}` },
}
