"""From a system or a file to an observed series: integrate, observe, embed, split."""
