import { createI18n } from 'vue-i18n'
import * as admin from './admin'
import * as appraisal from './appraisal'
import * as assessment from './assessment'
import * as cases from './cases'
import * as common from './common'
import * as desk from './desk'
import * as form from './form'
import * as frame from './frame'
import * as housing from './housing'
import * as layout from './layout'
import * as money from './money'
import * as open from './open'
import * as problem from './problem'
import * as stock from './stock'
import * as tracking from './tracking'

export type Language = 'zh-CN' | 'en'
const slot = 'lizheng.language'

export const messages = {
  'zh-CN': { common: common.zh, frame: frame.zh, desk: desk.zh, form: form.zh, housing: housing.zh, stock: stock.zh, supplement: stock.supplement.zh, layout: layout.zh, cases: cases.zh, tracking: tracking.zh, open: open.zh, money: money.zh, admin: admin.zh, problem: problem.zh, appraisal: appraisal.zh, assessment: assessment.zh },
  en: { common: common.en, frame: frame.en, desk: desk.en, form: form.en, housing: housing.en, stock: stock.en, supplement: stock.supplement.en, layout: layout.en, cases: cases.en, tracking: tracking.en, open: open.en, money: money.en, admin: admin.en, problem: problem.en, appraisal: appraisal.en, assessment: assessment.en },
}

function remembered(): Language {
  return localStorage.getItem(slot) === 'en' ? 'en' : 'zh-CN'
}

export const i18n = createI18n({ legacy: false, locale: remembered() as Language, fallbackLocale: false, messages, missingWarn: import.meta.env.DEV, fallbackWarn: false })

/** setLanguage changes the page, its lang attribute, and what is asked of the API from now on. */
export function setLanguage(l: Language): void {
  i18n.global.locale.value = l
  localStorage.setItem(slot, l)
  document.documentElement.lang = l
}

export function language(): Language {
  return i18n.global.locale.value as Language
}
