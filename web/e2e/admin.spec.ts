import { expect, test, type Page } from '@playwright/test'
import { as, clean, open } from './people'
import { suffix } from './request'

// What the system administrator changes: bodies over time, and people. Everything rests on a document and counts from a day on.
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})

async function choose(page: Page, id: string, option: string): Promise<void> {
  await page.locator('.el-select', { has: page.locator(`#${id}`) }).click()
  await page.getByRole('option', { name: option, exact: true }).first().click()
}

test('a unit is set up, renamed and abolished; what it was called stays on record', async ({ browser }) => {
  const page = await as(browser, 'kang.ning')
  const name = `常州市试点管理局${suffix}`
  const row = page.getByRole('row', { name: new RegExp(suffix) })
  await open(page, '/admin/units')
  await page.getByRole('button', { name: '新设单位' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('#p-key').fill('常州')
  await expect(dialog.getByRole('button', { name: '新设单位' })).toBeDisabled()
  await dialog.locator('#p-key').fill(`cz-trial-${Date.now().toString(36)}`)
  await dialog.locator('#p-name').fill(name)
  await choose(page, 'p-level', '市级')
  await choose(page, 'p-kind', '政府部门')
  await dialog.locator('#p-source').fill('常编〔2026〕1号')
  await clean(page, 'the dialog of a new unit')
  await dialog.getByRole('button', { name: '新设单位' }).click()
  await expect(dialog).toHaveCount(0)
  await page.locator('#u-text').fill(name)
  await expect(row).toHaveCount(1)

  await row.getByRole('button', { name: '更名' }).click()
  await dialog.locator('#p-name').fill(`${name}（筹）`)
  await dialog.locator('#p-source').fill('常编〔2026〕2号')
  await dialog.getByRole('button', { name: '更名' }).click()
  await expect(dialog).toHaveCount(0)
  await page.locator('#u-text').fill(`${name}（筹`)
  await row.getByText('沿革').click()
  await expect(row).toContainText(`称“${name}”`)
  await expect(row).toContainText(`称“${name}（筹）”`)

  await row.getByRole('button', { name: '撤并' }).click()
  await expect(dialog).toContainText('不可撤销')
  await dialog.locator('#p-source').fill('常编〔2026〕3号')
  await dialog.getByRole('button', { name: '撤并' }).click()
  await expect(dialog).toHaveCount(0)
})

test('a person is added and leaves', async ({ browser }) => {
  const page = await as(browser, 'kang.ning')
  const name = `试用人员${suffix}`
  const row = page.getByRole('row', { name: new RegExp(name) })
  await open(page, '/admin/people')
  await page.getByRole('button', { name: '新增人员' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('#p-id').fill(`trial-${Date.now().toString(36)}`)
  await dialog.locator('#p-name').fill(name)
  await dialog.getByRole('button', { name: '新增人员' }).click()
  await expect(dialog).toHaveCount(0)
  await page.locator('#pe-text').fill(name)
  await row.getByRole('button', { name: '离任' }).click()
  await dialog.locator('#p-reason').fill('调离。')
  await dialog.getByRole('button', { name: '离任' }).click()
  await expect(dialog).toHaveCount(0)
})
