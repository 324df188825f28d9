import type { Same } from './same'

export const zh = {
  product: '里正', subtitle: '常州市社区事务准入', save: '保存', cancel: '取消', close: '关闭', confirm: '确定', back: '返回', next: '下一步', previous: '上一步',
  retry: '重试', reload: '刷新', more: '加载更多', loading: '正在加载…', all: '全部', yes: '是', no: '否', none: '无', optional: '选填', required: '必填',
  search: '查询', reset: '清空条件', yuan: '元', amount: '{amount} 元', details: '详情', open: '查看', total: '合计', wd: '工作日', from: '自', to: '至',
  dueIn: '剩余 {n} 个工作日', dueToday: '今日到期', overdueBy: '超期 {n} 个工作日', overdueToday: '今日已超期', paused: '已停止计时', provisional: '暂定', provisionalWhy: '该年度放假安排尚未公布，期限届时重新核定。',
  noTerm: '无期限', longTerm: '长期', system: '系统自动', deputyFor: '代理 {name}', added: '加签', shown: '已显示 {n} 条', nothing: '没有符合条件的记录。', chooseOne: '请选择',
  title: '名称', number: '编号', state: '状态', holder: '当前承办', due: '到期日', unit: '单位', updated: '更新时间', filed: '申请时间', copied: '已复制', day: '日期',
  remaining: '剩余', characters: '{n}/{max} 字', actions: '操作', applicant: '申请人', colon: '：', semi: '；', comma: '、', lp: '（', rp: '）', unnumbered: '未编号', ended: '已办结', procedure: '程序', export: '导出 Excel', exportBegun: '正在生成…', exporting: '已接收 {size}…', exported: '已导出：{name}（{size}）', stop: '停止', import: '导入 Excel', importLead: '导出后在 Excel 中填写，再导入；全部正确才会保存，一行有误则全部不保存。', imported: '已按工作簿保存。', row: '行', column: '列', faults: '问题',
}

export const en: Same<typeof zh> = {
  product: 'Lizheng', subtitle: 'Community admissions, Changzhou', save: 'Save', cancel: 'Cancel', close: 'Close', confirm: 'Confirm', back: 'Back', next: 'Next', previous: 'Back',
  retry: 'Try again', reload: 'Refresh', more: 'Load more', loading: 'Loading…', all: 'All', yes: 'Yes', no: 'No', none: 'None', optional: 'optional', required: 'required',
  search: 'Search', reset: 'Clear filters', yuan: 'yuan', amount: '{amount} yuan', details: 'Details', open: 'Open', total: 'Total', wd: 'working days', from: 'From', to: 'To',
  dueIn: '{n} working day left | {n} working days left', dueToday: 'Due today', overdueBy: '{n} working day overdue | {n} working days overdue', overdueToday: 'Overdue since today', paused: 'Clock stopped', provisional: 'provisional', provisionalWhy: 'The holidays of that year are not announced yet; the term will be settled then.',
  noTerm: 'No term', longTerm: 'Open-ended', system: 'Automatic', deputyFor: 'for {name}', added: 'added signer', shown: '{n} shown', nothing: 'Nothing matches.', chooseOne: 'Choose',
  title: 'Title', number: 'Number', state: 'Status', holder: 'With', due: 'Due', unit: 'Unit', updated: 'Updated', filed: 'Filed', copied: 'Copied', day: 'Date',
  remaining: 'Left', characters: '{n}/{max} characters', actions: 'Actions', applicant: 'Applicant', colon: ': ', semi: '; ', comma: ', ', lp: ' (', rp: ')', unnumbered: 'no number yet', ended: 'Closed', procedure: 'Procedure', export: 'Export to Excel', exportBegun: 'Being made…', exporting: '{size} so far…', exported: 'Exported: {name} ({size})', stop: 'Stop', import: 'Import from Excel', importLead: 'Export, fill in and import again: all rows are saved, or none.', imported: 'Saved as the workbook has it.', row: 'Row', column: 'Column', faults: 'What is wrong',
}
