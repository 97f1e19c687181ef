"""What happens without anybody asking at that moment."""
