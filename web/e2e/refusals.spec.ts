import { expect, test } from '@playwright/test'
import { as, call, got, isoDay, open, settled } from './people'
import { answered, communities, draft, form, submitted, suffix, taskOf } from './request'

// What goes wrong, and how it is said; and that nothing which was typed is ever lost.
const unit = 'cz-human-resources'
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})

test('without money nothing is submitted: line, balance and shortfall are named', async ({ browser }) => {
  const page = await as(browser, 'wang.fang')
  const { items } = await got<{ items: { id: string; year: number }[] }>(page, `/budget-lines?unit=${unit}&open=true&limit=100`)
  const line = items.find((l) => l.year === new Date().getFullYear())!.id
  const id = await draft(page, unit, form(`大额入户调查${suffix}`, { funding: { kind: 'budget_line', line, driver: 'household', rate_fen: 900_000, total_fen: 1, source: '部门预算', payee: '有关街道' } }))
  await open(page, `/requests/${id}?step=money`)
  await expect(page.locator('.findings')).toContainText(/余额 .* 元，需要 .* 元，缺口 .* 元/)
  await page.getByRole('button', { name: '核对提交' }).click()
  await expect(page.getByRole('button', { name: '提交申请' })).toBeDisabled()
})

test('an expired session asks to sign in again over the page, and the text goes on', async ({ browser }) => {
  const page = await as(browser, 'wang.fang')
  const id = await draft(page, unit, form(`会话过期测试事项${suffix}`))
  await open(page, `/requests/${id}?step=work`)
  await page.context().clearCookies()
  await page.locator('#f-pilot').fill('这段文字不能丢失')
  const dialog = page.getByRole('dialog', { name: '登录已失效' })
  await expect(dialog).toBeVisible()
  await dialog.getByLabel('密码').fill('changzhou-2014')
  await dialog.getByRole('button', { name: '登录' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('#f-pilot')).toHaveValue('这段文字不能丢失')
  await expect(page.locator('.save')).toContainText('已自动保存')
  const saved = await got<{ form: { pilot: string } }>(page, `/access-requests/${id}`)
  expect(saved.form.pilot).toBe('这段文字不能丢失')
})

test('a lost connection keeps the text on this machine and saves it later', async ({ browser }) => {
  const page = await as(browser, 'wang.fang')
  const id = await draft(page, unit, form(`断网测试事项${suffix}`))
  await open(page, `/requests/${id}?step=work`)
  await page.context().setOffline(true)
  await page.locator('#f-pilot').fill('断网时写的')
  await expect(page.locator('.save')).toContainText('没有连上服务器')
  await page.context().setOffline(false)
  await expect(page.locator('.save')).toContainText('已自动保存', { timeout: 20_000 })
})

test('a colleague’s newer revision is never overwritten without asking', async ({ browser }) => {
  const page = await as(browser, 'wang.fang')
  const id = await draft(page, unit, form(`同时编辑测试事项${suffix}`))
  await open(page, `/requests/${id}?step=work`)
  const other = await call(page, 'PUT', `/access-requests/${id}`, form(`同时编辑测试事项${suffix}`, { pilot: '同事写的' }), { 'If-Match': `"${(await got<{ revision: number }>(page, `/access-requests/${id}`)).revision}"` })
  expect(other.ok(), await other.text()).toBe(true)
  await page.locator('#f-pilot').fill('我写的')
  const dialog = page.getByRole('dialog', { name: '申请表已被他人更新' })
  await expect(dialog).toContainText('同事写的')
  await expect(dialog).toContainText('我写的')
  await dialog.getByRole('button', { name: '保留我填写的内容' }).click()
  await expect(page.locator('.save')).toContainText('已自动保存')
  await expect(page.locator('#f-pilot')).toHaveValue('我写的')
})

test('an answer that is lost on its way is asked for again under the same key, and counts once', async ({ browser }) => {
  const clerk = await as(browser, 'wang.fang')
  const title = `答复丢失测试事项${suffix}`
  const id = await submitted(clerk, unit, form(title))
  const page = await as(browser, 'chen.jing')
  const keys: string[] = []
  await page.route('**/tasks/*/decision', async (route) => {
    keys.push(route.request().headers()['idempotency-key']!)
    if (keys.length === 1) {
      await route.fetch() // it arrives, but its answer does not
      return route.abort('connectionreset')
    }
    return route.continue()
  })
  await open(page, `/cases/${id}?task=${await taskOf(page, id, 'register')}`)
  await page.locator('.acts').getByRole('button', { name: '登记' }).click()
  await page.getByRole('dialog').locator('button[type=submit]').click()
  await expect(page.locator('.note.good').first()).toBeVisible()
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBe(keys[1])
  await expect(page.locator('.time li').filter({ hasText: '登记查重' })).toHaveCount(1)
})

test('of two opposite decisions one wins, and the other is told and keeps its text', async ({ browser }) => {
  const clerk = await as(browser, 'wang.fang')
  const id = await submitted(clerk, unit, form(`同时办理测试事项${suffix}`))
  const page = await as(browser, 'chen.jing')
  await answered(page, id, 'register', 'pass')
  await open(page, `/cases/${id}?task=${await taskOf(page, id, 'examine')}`)
  await page.locator('.acts').getByRole('button', { name: '不予受理' }).click()
  await page.getByRole('dialog').locator('#act-opinion').fill('依据不足。')
  await page.route('**/api/v1/events', (r) => r.abort()) // the other one is not heard of before it is too late
  await answered(await as(browser, 'xu.ming'), id, 'examine', 'accept')
  await page.getByRole('dialog').locator('button[type=submit]').click()
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  await expect(page.getByRole('dialog').locator('#act-opinion')).toHaveValue('依据不足。')
  await expect(page.getByRole('dialog')).not.toContainText(/[a-z]+_[a-z]+/)
})

test('whoever filed may not decide, and is told the rule in words', async ({ browser }) => {
  const page = await as(browser, 'wang.fang')
  const id = await submitted(page, unit, form(`职责分离测试事项${suffix}`))
  await open(page, `/cases/${id}`)
  await expect(page.getByText('当前没有需要您办理的操作。').or(page.locator('.acts .el-button').first())).toBeVisible()
  await page.getByText('为什么我不能办理').click()
  await page.locator('#why-act').selectOption('decide')
  await expect(page.locator('.why [role=alert]')).toContainText(/[\u4e00-\u9fff]/)
  await expect(page.locator('.why [role=alert]')).not.toContainText(/[a-z]+_[a-z]+/)
})

test('a deputy decides in the place of somebody absent, and both names are on record', async ({ browser }) => {
  const clerk = await as(browser, 'wang.fang')
  const id = await submitted(clerk, unit, form(`代理办理测试事项${suffix}`))
  const office = await as(browser, 'chen.jing')
  await answered(office, id, 'register', 'pass')
  await answered(await as(browser, 'xu.ming'), id, 'examine', 'accept')
  const principal = await as(browser, 'qian.wei')
  await open(principal, '/deputies')
  await principal.getByRole('button', { name: '指定代理人' }).click()
  await principal.locator('#d1').fill('冯丽')
  await principal.getByRole('option', { name: /冯丽/ }).first().click()
  await principal.locator('#d3').fill(isoDay(30))
  await principal.locator('#d3').press('Enter')
  await principal.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await expect(principal.getByText('已指定代理人。')).toBeVisible()
  const deputy = await as(browser, 'feng.li')
  await open(deputy, '/deputies')
  await expect(deputy.getByRole('table')).toContainText('钱伟')
  const boss = await as(browser, 'he.lin') // stands in for the office's director
  await open(boss, `/cases/${id}`)
  await boss.locator('.acts').getByRole('button', { name: '建议准入' }).first().click()
  await boss.getByRole('dialog').locator('button[type=submit]').click()
  await expect(boss.locator('.note.good').first()).toBeVisible()
})

test('a paused case says so: its clock stands still for everybody', async ({ browser }) => {
  const clerk = await as(browser, 'wang.fang')
  const id = await submitted(clerk, unit, form(`中止计时测试事项${suffix}`, { communities: communities.slice(0, 1) }))
  const office = await as(browser, 'chen.jing')
  await open(office, `/cases/${id}`)
  await office.locator('.acts').getByRole('button', { name: '中止', exact: true }).click()
  await office.getByRole('dialog').locator('#act-opinion').fill('等待省级文件。')
  await office.getByRole('dialog').locator('button[type=submit]').click()
  await expect(office.locator('.note.good').first()).toBeVisible()
  await expect(office.locator('header.head')).toContainText('已停止计时')
  await open(clerk, '/desk?tab=mine')
  await expect(clerk.getByRole('row', { name: new RegExp(`中止计时测试事项${suffix}`) })).toContainText('已停止计时')
  await office.locator('.acts').getByRole('button', { name: /^恢复/ }).click()
  await office.getByRole('dialog').locator('button[type=submit]').click()
  await expect(office.locator('header.head')).not.toContainText('已停止计时')
})

test('several tasks are decided in one go, each with its own result', async ({ browser }) => {
  const clerk = await as(browser, 'wang.fang')
  const titles = [`批量办理甲${suffix}`, `批量办理乙${suffix}`]
  for (const x of titles) await submitted(clerk, unit, form(x))
  const page = await as(browser, 'xu.ming')
  await open(page, '/desk')
  const waiting = page.locator('.chip b').first()
  await expect(waiting).toHaveText(/^\d+$/)
  const before = await waiting.textContent()
  for (const x of titles) await page.getByLabel(`选择 ${x}`).check()
  await page.getByRole('button', { name: '批量办理（2）' }).click()
  await page.getByRole('dialog').getByText('登记', { exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await expect(page.getByRole('dialog')).toContainText('2 项成功')
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
  await settled(page)
  await expect(waiting).toHaveText(before!) // registered, they wait for examination now
})
