import type { Same } from './same'

export const zh = {
  heading: '公开信息', lists: { admitted: '准入事项清单', negative: '负面清单', duty: '依法履行职责事项清单', assist: '依法协助政府工作事项清单', certificate: '可出具证明清单', system: '信息系统清单', sign: '牌子清单' },
}
export const en: Same<typeof zh> = {
  heading: 'Public information', lists: { admitted: 'Admitted items', negative: 'Negative list', duty: 'Duties by law', assist: 'Assistance by law', certificate: 'Certificates', system: 'Information systems', sign: 'Signs' },
}
