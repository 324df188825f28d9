import type { Component } from 'vue'
import AccessPaper from './AccessPaper.vue'
import AccessSheet from './AccessSheet.vue'

/**
 * What each procedure shows of its own matter on the case page, and as rows of the form on paper; both get the case as `view`.
 * The rest of the page is the same for all: it comes from the definition and the record.
 */
export const matters: Record<string, { sheet?: Component; rows?: Component }> = { access: { sheet: AccessSheet, rows: AccessPaper } }
