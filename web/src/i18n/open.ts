import type { Same } from './same'

export const zh = {}
export const en: Same<typeof zh> = {}
