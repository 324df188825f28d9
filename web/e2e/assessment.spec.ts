import { expect, test } from '@playwright/test'
import { as, inBoth, open } from './people'

// The assessment of the districts: the office begins a year and writes its task table.
const year = new Date().getFullYear() + 1 // this one or the next, wherever another story has put the clock

test('the office begins a year and writes its task table, which saves itself', async ({ browser }) => {
  const page = await as(browser, 'xu.ming')
  await open(page, '/assessments')
  await page.getByRole('button', { name: '新建年度考核' }).click()
  await page.getByRole('dialog').locator('#as-year').fill(String(year))
  await page.getByRole('dialog').getByRole('button', { name: '新建年度考核' }).click()
  await expect(page).toHaveURL(new RegExp(`/assessments/${year}$`))
  await page.getByRole('button', { name: '启动年度考核' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '启动年度考核' }).click()
  await page.getByRole('link', { name: '编制任务分解表' }).click()
  const categories = page.locator('section.card').filter({ has: page.getByRole('button', { name: '添加任务' }) })
  const category = categories.first()
  await category.getByRole('button', { name: '添加任务' }).click()
  const row = category.locator('fieldset').last()
  await row.getByLabel(/^任务/).fill('清理未经准入的台账')
  await row.getByLabel(/^分值/).fill('1.5')
  await expect(page.locator('.save')).toContainText('已自动保存')
  await inBoth(page, 'the task table')
  await page.reload()
  await expect(categories.first().locator('fieldset').last().getByLabel(/^分值/)).toHaveValue('1.5')
  await open(page, `/assessments/${year}`)
  await inBoth(page, 'a year of the assessment')
  const visitor = await as(browser)
  await open(visitor, `/public/assessments/${year}`)
  await expect(visitor.getByText('考核结果尚未公示。')).toBeVisible()
  await inBoth(visitor, 'the public result')
  for (const c of browser.contexts()) await c.close()
})
