import type { Same } from './same'

export const zh = {
  casesTitle: '事项查询', text: '名称或编号', states: '状态', unit: '申请单位', overdueOnly: '只看超期', mineOnly: '只看我提交的', from: '申请日期从', to: '到', empty: '没有符合条件的事项。',
  lead: '按申请日期和单位查看进度；条件保存在地址栏，可收藏或转发。', funnel: '办理漏斗', funnelLead: '共 {n} 件，到达各环节的件数。', standing: '当前所处状态', step: '环节', count: '件数', shareOf: '占比', onTime: '按时办结率', onTimeStep: '按环节', onTimeUnit: '按单位', done: '办结', inTime: '按时', rate: '按时率', overdue: '超期情况（按承办单位）', oldest: '最早到期', overdueCount: '超期件数', noOverdue: '目前没有超期任务。', noFigures: '该期间没有数据。', chart: '{title}（图）', tableBeside: '数据表',
  export: '导出 CSV', exporting: '已导出 {n} 条…', exportStop: '停止', exportDone: '已导出 {n} 条。', views: '常用条件', saveView: '保存当前条件', viewName: '名称', removeView: '删除 {name}', columns: { number: '编号', title: '名称', state: '状态', unit: '申请单位', applicant: '申请人', holder: '当前承办', due: '到期日', left: '剩余工作日', filed: '申请时间', updated: '更新时间' }, seeCases: '查看事项', total: '共 {n} 件', counted: '统计时间 {at}', inAll: '全部',
}
export const en: Same<typeof zh> = {
  casesTitle: 'Cases', text: 'Title or number', states: 'Status', unit: 'Applicant', overdueOnly: 'Overdue only', mineOnly: 'Filed by me only', from: 'Filed from', to: 'to', empty: 'No case matches.',
  lead: 'Progress by filing date and unit; the filters are kept in the address, to bookmark or pass on.', funnel: 'Funnel', funnelLead: '{n} in all; how many reached each step.', standing: 'Where they stand now', step: 'Step', count: 'Cases', shareOf: 'Share', onTime: 'On time', onTimeStep: 'By step', onTimeUnit: 'By unit', done: 'Done', inTime: 'On time', rate: 'Rate', overdue: 'Overdue, by who holds it', oldest: 'Oldest due', overdueCount: 'Overdue', noOverdue: 'Nothing is overdue.', noFigures: 'Nothing in that time.', chart: '{title} (chart)', tableBeside: 'Table',
  export: 'Export CSV', exporting: '{n} rows so far…', exportStop: 'Stop', exportDone: '{n} rows exported.', views: 'Saved views', saveView: 'Save this view', viewName: 'Name', removeView: 'Remove {name}', columns: { number: 'Number', title: 'Title', state: 'Status', unit: 'Applicant unit', applicant: 'Applicant', holder: 'With', due: 'Due', left: 'Working days left', filed: 'Filed', updated: 'Updated' }, seeCases: 'Show the cases', total: '{n} in all', counted: 'counted {at}', inAll: 'All',
}
