import type { Config } from 'tailwindcss';

/**
 * Every colour is a CSS variable of app/globals.css, so light and dark differ in one place and no
 * component needs a `dark:` twin. `primary` fills; `accent` is the same hue for text and icons.
 */
const color = (name: string) => `var(--${name})`;

export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  darkMode: 'class',
  theme: {
    extend: {
      colors: {
        background: color('background'),
        foreground: color('foreground'),
        card: { DEFAULT: color('card'), foreground: color('foreground') },
        popover: { DEFAULT: color('popover'), foreground: color('foreground') },
        sidebar: color('sidebar'),
        muted: { DEFAULT: color('muted'), foreground: color('muted-foreground') },
        hover: color('hover'),
        border: color('border'),
        input: color('input'),
        ring: color('ring'),
        primary: {
          DEFAULT: color('primary'),
          hover: color('primary-hover'),
          foreground: color('primary-foreground'),
        },
        secondary: { DEFAULT: color('muted'), foreground: color('foreground') },
        accent: {
          DEFAULT: color('accent'),
          foreground: color('accent-foreground'),
          subtle: color('accent-subtle'),
        },
        destructive: {
          DEFAULT: color('destructive'),
          fill: color('destructive-fill'),
          foreground: color('destructive-foreground'),
          subtle: color('destructive-subtle'),
        },
        success: { DEFAULT: color('success'), subtle: color('success-subtle') },
        warning: { DEFAULT: color('warning'), subtle: color('warning-subtle') },
      },
      borderRadius: { sm: '4px', md: '6px', lg: '8px', xl: '12px' },
      fontFamily: {
        sans: ['var(--font-geist-sans)', 'system-ui', 'sans-serif'],
        mono: ['var(--font-geist-mono)', 'ui-monospace', 'monospace'],
      },
      // A dense console: one step below Tailwind's own scale.
      fontSize: {
        xs: ['12px', '16px'],
        sm: ['13px', '20px'],
        base: ['14px', '22px'],
        lg: ['16px', '24px'],
        xl: ['18px', '26px'],
        '2xl': ['22px', '30px'],
      },
      boxShadow: {
        raised: '0 1px 2px 0 rgb(0 0 0 / 0.05)',
        overlay: '0 8px 30px -6px rgb(0 0 0 / 0.22), 0 2px 8px -2px rgb(0 0 0 / 0.12)',
      },
      keyframes: {
        'fade-in': { from: { opacity: '0' } },
        'fade-out': { to: { opacity: '0' } },
        'pop-in': { from: { opacity: '0', transform: 'scale(0.97)' } },
        'pop-out': { to: { opacity: '0', transform: 'scale(0.97)' } },
        'in-right': { from: { transform: 'translateX(100%)' } },
        'out-right': { to: { transform: 'translateX(100%)' } },
        'in-left': { from: { transform: 'translateX(-100%)' } },
        'out-left': { to: { transform: 'translateX(-100%)' } },
        'in-bottom': { from: { transform: 'translateY(100%)' } },
        'out-bottom': { to: { transform: 'translateY(100%)' } },
      },
      animation: {
        'fade-in': 'fade-in 140ms ease-out',
        'fade-out': 'fade-out 110ms ease-in',
        'pop-in': 'pop-in 130ms cubic-bezier(0.16, 1, 0.3, 1)',
        'pop-out': 'pop-out 100ms ease-in',
        'in-right': 'in-right 220ms cubic-bezier(0.16, 1, 0.3, 1)',
        'out-right': 'out-right 160ms ease-in',
        'in-left': 'in-left 220ms cubic-bezier(0.16, 1, 0.3, 1)',
        'out-left': 'out-left 160ms ease-in',
        'in-bottom': 'in-bottom 220ms cubic-bezier(0.16, 1, 0.3, 1)',
        'out-bottom': 'out-bottom 160ms ease-in',
      },
    },
  },
} satisfies Config;
