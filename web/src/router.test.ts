import { expect, it } from 'vitest'
import { administrators, officials, outsiders, router } from './router'

it('shows a year before its public notice, and its standards, to public bodies alone', () => {
  const inside = router.getRoutes().filter((r) => /^\/(appraisals|standards)/.test(r.path))
  expect(inside).toHaveLength(7)
  for (const r of inside) expect(r.meta.roles, r.path).toBe(officials)
  for (const role of [...outsiders, ...administrators]) expect(officials).not.toContain(role)
})
