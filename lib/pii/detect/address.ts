import type { Detector } from './types';

export const detectAddresses: Detector = () => [];
