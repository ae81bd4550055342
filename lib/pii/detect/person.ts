import type { Detector } from './types';

export const detectPersons: Detector = () => [];
