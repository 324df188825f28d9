import type { Same } from './same'

export const zh = {
  skip: '跳到正文', menu: '菜单', language: 'English', languageLabel: 'Switch to English', signIn: '登录', signOut: '退出登录', account: '账号', password: '密码', signInTitle: '登录里正',
  signInLead: '办理社区事务准入、查询进度和经费。', publicLead: '无需登录即可查看准入清单、负面清单和公示。', sampleTitle: '样例城市：点选一位样例人员直接登录', sampleLead: '以下人员均为虚构，仅用于本机试用。',
  sampleSearch: '按姓名、岗位或单位查找', wrong: '账号或密码不正确。', searchLabel: '查找事项', searchHint: '事项名称、编号或单位', searchAll: '查找“{text}”的全部事项', searchUnit: '该单位申请的事项', notices: '消息', unread: '{n} 条未读消息', noNotices: '没有消息。', markAll: '全部标为已读', allNotices: '全部消息',
  profile: '个人设置', seats: '我的岗位', mySessions: '登录记录', changePassword: '修改密码', current: '当前密码', fresh: '新密码', repeat: '再次输入新密码', differ: '两次输入的新密码不一致。', mustChange: '首次登录须先修改初始密码。', changed: '密码已修改，其他登录均已退出。',
  passwordHint: '至少 12 个字符', thisSession: '本次登录', endSession: '结束', lastSeen: '最近使用', device: '设备', address: '地址',
  deputies: '代理', deputiesLead: '外出时可指定一位同事代为办理，包括已在待办中的任务；双方姓名均记录在案。', nameDeputy: '指定代理人', principal: '被代理人', deputy: '代理人', until: '截止', since: '开始', endDeputy: '结束代理', noDeputies: '没有代理关系。', inForce: '生效中', over: '已结束', notYet: '未开始', deputyNamed: '已指定代理人。', deputyEnded: '代理已结束。', standIn: '我代理的人', standInUntil: '至 {day}',
  nav: { desk: '工作台', newRequest: '新建准入申请', tracking: '进度跟踪', projects: '用房项目', myProjects: '我的项目', stock: '用房台账', shortage: '用房缺口', layouts: '布局规划', layout: '用房布局规划', cases: '事项查询', money: '经费', catalogue: '公开清单', notices: '公示', calendar: '工作日历', procedures: '办理程序', admin: '管理', reference: '资料', accounts: '账号', people: '人员', grants: '授权', units: '单位与区域', parameters: '规则参数', calendarAdmin: '日历维护', audit: '审计记录', entries: '清单维护', appraisal: '创建考评', assessment: '先进地区考核', results: '考评结果' },
  expired: { title: '登录已失效', lead: '请重新登录后继续，已填写的内容都在。', other: '放弃并退出' },
  waiting: '已发出，正在等待结果（第 {n} 次询问）。请不要关闭页面；重复发送不会重复办理。', offline: '实时更新已中断，正在重连；已填写的内容不会丢失。',
  notFound: { title: '没有这个页面', lead: '地址可能有误，或者页面已移动。', home: '回到首页' }, forbidden: { title: '您没有查看此页的权限', lead: '如工作需要，请联系安全管理员授权。' },
  welcome: '{name}，您好', language_changed: '已切换为中文',
}

export const en: Same<typeof zh> = {
  skip: 'Skip to content', menu: 'Menu', language: '中文', languageLabel: '切换为中文', signIn: 'Sign in', signOut: 'Sign out', account: 'Login', password: 'Password', signInTitle: 'Sign in to Lizheng',
  signInLead: 'Admissions into communities: file, decide, follow, and see the money.', publicLead: 'The lists and public notices can be read without signing in.', sampleTitle: 'Sample city: click a sample person to sign in', sampleLead: 'All of them are invented, and exist on this machine only.',
  sampleSearch: 'Find by name, post or unit', wrong: 'Login or password is wrong.', searchLabel: 'Find a case', searchHint: 'Title, number or unit', searchAll: 'All cases with “{text}”', searchUnit: 'cases filed by this unit', notices: 'Notices', unread: '{n} unread notices', noNotices: 'No notices.', markAll: 'Mark all as read', allNotices: 'All notices',
  profile: 'Profile', seats: 'My seats', mySessions: 'Where I am signed in', changePassword: 'Change password', current: 'Current password', fresh: 'New password', repeat: 'New password again', differ: 'The two new passwords differ.', mustChange: 'The first password must be changed first.', changed: 'Password changed; all other sessions were ended.',
  passwordHint: 'At least 12 characters', thisSession: 'This session', endSession: 'End', lastSeen: 'Last used', device: 'Device', address: 'Address',
  deputies: 'Deputies', deputiesLead: 'While you are away a colleague can act for you, also on what already waits; both names go on record.', nameDeputy: 'Name a deputy', principal: 'Principal', deputy: 'Deputy', until: 'Until', since: 'Since', endDeputy: 'End', noDeputies: 'No deputies.', inForce: 'In force', over: 'Over', notYet: 'Not yet', deputyNamed: 'Deputy named.', deputyEnded: 'Deputy ended.', standIn: 'For whom I stand in', standInUntil: 'until {day}',
  nav: { desk: 'My desk', newRequest: 'New request', tracking: 'Tracking', projects: 'Housing projects', myProjects: 'My projects', stock: 'Rooms', shortage: 'Shortage of rooms', layouts: 'Layout plans', layout: 'Layout plan', cases: 'Cases', money: 'Money', catalogue: 'Public lists', notices: 'Public notices', calendar: 'Working days', procedures: 'Procedures', admin: 'Administration', reference: 'Reference', accounts: 'Accounts', people: 'People', grants: 'Grants', units: 'Units and places', parameters: 'Parameters', calendarAdmin: 'Calendar', audit: 'Audit trail', entries: 'Keeping the lists', appraisal: 'Appraisal', assessment: 'Districts', results: 'Appraisal results' },
  expired: { title: 'You were signed out', lead: 'Sign in again to go on. Everything you typed is still here.', other: 'Give up and leave' },
  waiting: 'Sent; waiting for the answer (asked {n} times). Please keep this page open; sending again does nothing twice.', offline: 'Live updates are interrupted; reconnecting. Nothing you typed is lost.',
  notFound: { title: 'No such page', lead: 'The address may be wrong, or the page has moved.', home: 'Go to the start page' }, forbidden: { title: 'You may not see this page', lead: 'If your work needs it, ask the security administrator for a grant.' },
  welcome: 'Hello {name}', language_changed: 'Switched to English',
}
