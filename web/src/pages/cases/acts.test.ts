import { expect, it } from 'vitest'
import { bodyOf, fieldsOf } from './acts'

const words = { zh: '', en: '' }
const possible = (act: string, more: object = {}) => ({ act, words, consequence: words, reason: false, ...more })

it('an answer carries its outcome and only the details that the outcome uses', () => {
  const p = possible('decide', { outcome: 'admit_term', needs: ['term_end'], takes: ['communities'] })
  const fields = fieldsOf(p)
  expect(bodyOf(p, fields, { term_end: '2027-01-01', condition: 'not used', gaps: [''] }, '同意')).toEqual({ outcome: 'admit_term', opinion: '同意', details: { term_end: '2027-01-01' } })
})
it('empty gaps are not sent, and without details there are none', () => {
  const p = possible('decide', { outcome: 'return', needs: ['gaps'], reason: true })
  expect(bodyOf(p, fieldsOf(p), { gaps: [' 缺样表 ', ''] }, '不全')).toEqual({ outcome: 'return', opinion: '不全', details: { gaps: ['缺样表'] } })
  expect(bodyOf(possible('decide', { outcome: 'pass' }), { needs: [], takes: [], reason: false }, { gaps: [''] }, '')).toEqual({ outcome: 'pass' })
})
it('acts that are no answers carry what they need beside the opinion', () => {
  const p = possible('transfer')
  expect(bodyOf(p, fieldsOf(p), { unit: 'cz-justice' }, '请贵单位办理')).toEqual({ opinion: '请贵单位办理', unit: 'cz-justice' })
  expect(fieldsOf(possible('claim'))).toEqual({ needs: [], takes: [], reason: false })
  expect(fieldsOf(possible('suspend', { reason: true, takes: ['from'] }))).toEqual({ needs: [], takes: ['from'], reason: true })
})
it('what only one procedure asks for is sent under its name, and a zero is an answer', () => {
  const p = possible('decide', { outcome: 'close', needs: ['appraisal.survey'], takes: ['appraisal.bonus', 'appraisal.strikes'] })
  const own = { 'appraisal.survey': 0, 'appraisal.strikes': [], 'appraisal.rank': 3 }
  expect(bodyOf(p, fieldsOf(p), { own }, '')).toEqual({ outcome: 'close', details: { appraisal: { survey: 0 } } })
})
