import { cn } from './cn';
import { CopyButton } from './copy-button';

type CodeBlockProps = {
  code: string;
  /** Names the block for its copy button and for screen readers. */
  label: string;
  className?: string;
};

/** Text to be copied as it stands; scrolls sideways inside itself. */
export function CodeBlock({ code, label, className }: CodeBlockProps) {
  return (
    <div className={cn('relative rounded-md border border-border bg-muted', className)}>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="overflow-x-auto rounded-md px-3 py-2.5 pr-12 font-mono text-xs leading-5"
      >
        <code>{code}</code>
      </pre>
      <CopyButton
        value={code}
        size="icon-sm"
        variant="ghost"
        aria-label={`Copy ${label}`}
        className="absolute top-1.5 right-1.5 bg-muted"
      />
    </div>
  );
}
