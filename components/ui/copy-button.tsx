'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button';
import { toast } from './toast';

type CopyButtonProps = Omit<ButtonProps, 'onClick' | 'children' | 'value'> & {
  value: string;
  /** Shown beside the icon; without it the button is an icon named by `aria-label`. */
  label?: string;
};

/** Copies `value` and says so for two seconds. */
export function CopyButton({ value, label, variant = 'outline', size, ...props }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // Browsers refuse the clipboard on plain http from another host.
      toast.error('The browser refused access to the clipboard. Select the text and copy it.');
    }
  }

  return (
    <Button
      variant={variant}
      size={size ?? (label ? 'md' : 'icon')}
      onClick={copy}
      {...props}
      aria-label={label ? undefined : (props['aria-label'] ?? 'Copy')}
    >
      {copied ? <Check className="text-success" /> : <Copy />}
      {label}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  );
}
